/** Who may call which operations of the centre's console. */
export const all = ['administrator', 'operator', 'observer'] as const;
export const editors = ['administrator', 'operator'] as const;
