"""JSON Schema forms with layout, versioned; validation; pure."""
