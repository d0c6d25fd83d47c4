package offsets

func init() { shared = mapShared() }

func mapShared() *outer
