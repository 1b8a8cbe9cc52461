/** As many images as one page shows. */
export const IMAGES_SHOWN = 200

export const LINK_PASSWORD_MIN = 4
export const LINK_PASSWORD_MAX = 200
