"""What goes over the wire, and in which words: messages, frames, answers, faults. No I/O."""
