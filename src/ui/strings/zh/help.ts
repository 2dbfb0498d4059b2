import type { help as en } from '../en/help.ts';
import type { SameKeys } from '../strings.ts';

export const help: SameKeys<typeof en> = {
  'help.open': '帮助',
  'help.openNew': '在新窗口中打开本程序的操作手册',
  'help.skip': '跳到正文',
  'help.contents': '目录',
  'help.others': '其他手册',
};
