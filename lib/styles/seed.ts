/** The sandbox's own styles: their thumbnails come with the program, under /styles/<styleId>.webp. */
export const isSandboxStyle = (styleId: number): boolean => styleId >= 101 && styleId <= 112
