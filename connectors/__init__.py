"""Outside systems: departments, League exchange, hotline, public, gateways, cameras and sensors."""
