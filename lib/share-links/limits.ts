/** As many pictures as one page shows. */
export const PICTURES_SHOWN = 200
