import type { siteArchives as en } from '../en/site-archives.ts';
import type { SameKeys } from '../strings.ts';

/** Materials of sites for 7-Zip, and their passwords. */
export const siteArchives: SameKeys<typeof en> = {
  'siteArchives.posting': '{event}：压缩包 {file} 的密码为 {password}（仅数字，无空格）。请用 7-Zip 打开。',
};
