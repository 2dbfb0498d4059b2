import type { siteArchives as en } from '../en/site-archives.ts';
import type { SameKeys } from '../strings.ts';

/** Materials of sites for 7-Zip, and their passwords. */
export const siteArchives: SameKeys<typeof en> = {
  'siteArchives.posting':
    '{event}: пароль к архиву {file} – {password} (только цифры, без пробелов). Откройте архив программой 7-Zip.',
};
