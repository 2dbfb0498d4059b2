/** The same keys as the English texts, each with a text: what is missing or superfluous does not compile. */
export type SameKeys<T> = { readonly [K in keyof T]: string };
