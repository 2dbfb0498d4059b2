/** How long a recording may be, and how it travels from the candidate's screen to the seat's disk. Screen and agent agree on it. */

/** Seconds that an author who says nothing gives; and the most that is possible. */
export const usualSeconds = 600;
export const mostSeconds = 3_600;
export const mostTries = 100;

/** A piece goes to the disk so often: a killed browser loses no more, ms. */
export const pieceMs = 2_500;
/** Bytes of one piece: sixty times what speech needs. */
export const pieceLimit = 1024 ** 2;
/** Bytes of all pieces of a recording. An hour of speech is two thirds of it. */
export const recordingLimit = 32 * 1024 ** 2;
/** Bits a second: speech that people mark, and clearly so. */
export const bitsPerSecond = 48_000;
/** What a browser records and every tool plays: Opus (RFC 6716) in WebM. */
export const recorderType = 'audio/webm;codecs=opus';
export const recordingType = 'audio/webm';
/** A clock of a browser is not exact: so much more than the limit is taken, ms. */
export const toleranceMs = 5_000;
