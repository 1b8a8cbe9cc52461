/** `body` is what the press asks for, `at` its time in milliseconds. */
type Press = { body: string; at: number }

const DOUBLE_PRESS_MS = 500

export const NO_PRESS: Press = { body: '', at: -Infinity }

/** Two presses for the same in this time are one. */
export const isDoublePress = (first: Press, second: Press) =>
  first.body === second.body && second.at - first.at < DOUBLE_PRESS_MS
