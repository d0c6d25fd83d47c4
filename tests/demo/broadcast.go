// Package spool keeps events in memory-mapped segments and sends them to whoever wants them. It is small on purpose, and
// wrong on purpose: golint-rs has something to say about most of its files.
package spool

import "context"

// A Sink takes events: a socket, a file, another process.
type Sink interface {
	Send(ctx context.Context, event []byte) error
}

// A Broadcaster sends every event to all of its sinks.
type Broadcaster struct {
	sinks  []Sink
	errors chan error
	sent   int
}

// Send sends the event to all sinks at once. What comes of it is to be read from errors.
func (b *Broadcaster) Send(ctx context.Context, event []byte) {
	for _, sink := range b.sinks {
		go func() { b.errors <- sink.Send(ctx, event) }()
		b.sent++
	}
}
