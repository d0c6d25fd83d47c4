// Specification, "Floating-point literals".
package p

var _ = []float64{0., 72.40, 072.40, 2.71828, 1.e+0, 6.67428e-11, 1E6, .25, .12345E+5, 1_5., 0.15e+02, 0_1.5, 08.5, 0x1p-2, 0x2.p10, 0x1.Fp+0, 0X.8p-0, 0X_1FFFP-16, 0x15e-2, 0x_1.8p0, 1_0.2_5e-1_0}
