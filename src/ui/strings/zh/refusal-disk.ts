import type { refusalDisk as en } from '../en/refusal-disk.ts';
import type { SameKeys } from '../strings.ts';

export const refusalDisk: SameKeys<typeof en> = {
  'refusal.disk-rolled-back':
    '本机磁盘被换回旧副本，已从上级取回其保存的数据。|请核对数据是否完整，并通知技术支持。',
  'refusal.journal-forked':
    '同一日志存在两份不同的副本，均已保留，考试继续。|请通知技术支持：有人使用了旧的磁盘副本。',
  'refusal.tell-support-of-old-disk': '请查明何人换回旧磁盘，并通知技术支持。考试继续。',
  'refusal.check-the-disk': '请检查磁盘，或换用另一台计算机。',
};
