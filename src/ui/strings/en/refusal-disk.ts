/** Alarms about a disk that was put back, or does not take what it is given. */
export const refusalDisk = {
  'refusal.disk-rolled-back':
    'An older copy of this computer’s disk was put back. What the level above had kept was fetched from there.|Check that nothing is missing, and tell support.',
  'refusal.journal-forked':
    'Two different copies of a journal exist. Both are kept, and the exam goes on.|Tell support: somebody used an older copy of a disk.',
  'refusal.tell-support-of-old-disk':
    'Find out who put the old disk back, and tell support. The exam goes on.',
  'refusal.check-the-disk': 'Check the disk, or go on at another computer.',
} as const;
