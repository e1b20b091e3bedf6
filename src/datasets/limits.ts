/** What a person's own data may be: enough to train on, small enough for a tab's memory. */
export const MAX_BYTES = 2 ** 30;
export const MIN_SIDE = 8;
export const MAX_SIDE = 64;
export const MIN_IMAGES = 100;
export const MAX_CLASSES = 256;
