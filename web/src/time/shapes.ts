/** The shape of each lamp: colour never stands alone. */
export const SHAPES: Record<string, string> = { green: '●', yellow: '◐', red: '▲', grey: '‖' }
