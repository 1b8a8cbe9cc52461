export const NAME_MAX = 80
export const CATEGORY_MAX = 60
