/** The manuals: the way to them, and what stands around their text. */
export const help = {
  'help.open': 'Help',
  'help.openNew': 'Manual of this page, in a new window',
  'help.skip': 'To the text',
  'help.contents': 'Contents',
  'help.others': 'Other manuals',
} as const;
