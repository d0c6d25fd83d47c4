package cases

type failure struct{} // want "the error type `failure`"

func (failure) Error() string { return "" }
