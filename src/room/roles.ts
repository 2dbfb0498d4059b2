/** Who may call an operation of a room's console that is for everybody there. */
export const both = ['administrator', 'invigilator'] as const;
