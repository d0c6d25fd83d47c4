//go:build !amd64 && !arm64

package mappings

const blockSize = 1024
