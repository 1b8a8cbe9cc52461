/** As many images as one page shows. */
export const IMAGES_SHOWN = 200
