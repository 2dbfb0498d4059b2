/** What opens a backup: one of the site's exam locks, or the password of whoever made it at a site without any. */
export const opens = ['lock', 'password'] as const;
export type Opens = (typeof opens)[number];
