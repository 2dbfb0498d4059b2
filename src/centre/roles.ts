/** Who may call which operations of the centre's console. A coordinator does in some regions what an operator does everywhere: see `Within`. */
export const all = ['administrator', 'operator', 'coordinator', 'observer'] as const;
export const editors = ['administrator', 'operator', 'coordinator'] as const;
/** With those who sign in for a site. */
export const editorsAndSite = [...editors, 'site'] as const;
