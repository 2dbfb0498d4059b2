/** Typed by a person at the seat: letters, digits and signs of both halves of the keyboard. Alone here, because the candidate's screen needs nothing else of the check. */
export const keysToType = 'Exam 1470 @;?';
