/** Loudness, 0 to 1: less than this is the noise of a microphone that is switched off. */
export const silence = 0.01;
