/** Of a template. */
export const NAME_MAX = 60
