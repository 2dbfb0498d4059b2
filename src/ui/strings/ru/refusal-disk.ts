import type { refusalDisk as en } from '../en/refusal-disk.ts';
import type { SameKeys } from '../strings.ts';

export const refusalDisk: SameKeys<typeof en> = {
  'refusal.disk-rolled-back':
    'На компьютер вернули старую копию диска. Сохранённое уровнем выше получено оттуда.|Проверьте, всё ли на месте, и сообщите в поддержку.',
  'refusal.journal-forked':
    'Есть две разные копии одного журнала. Обе сохранены, экзамен продолжается.|Сообщите в поддержку: кто-то использовал старую копию диска.',
  'refusal.tell-support-of-old-disk':
    'Выясните, кто вернул старый диск, и сообщите в поддержку. Экзамен продолжается.',
  'refusal.check-the-disk': 'Проверьте диск или продолжите на другом компьютере.',
};
