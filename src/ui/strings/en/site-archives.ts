/** Materials of sites for 7-Zip, and their passwords. */
export const siteArchives = {
  'siteArchives.posting':
    '{event}: the password of the archive {file} is {password} (digits only, no blanks). Open the archive with 7-Zip.',
} as const;
