import type { help as en } from '../en/help.ts';
import type { SameKeys } from '../strings.ts';

export const help: SameKeys<typeof en> = {
  'help.open': 'Справка',
  'help.openNew': 'Руководство к этой программе, в новом окне',
  'help.skip': 'К тексту',
  'help.contents': 'Содержание',
  'help.others': 'Другие руководства',
};
