/** A room's package with two sessions five hours apart and nobody in them, for tests of what a policy says. */
import { roomPackageSchema, type RoomPackage } from '../../exam/package/room-package.ts';
import { defaultPolicy, type Policy } from '../../exam/project/policy.ts';

const fiveHoursMs = 5 * 60 * 60_000;

export function packageWith(policy: Partial<Policy>, startAt: number): RoomPackage {
  const session = (id: string, number: number, at: number) => ({
    id,
    number,
    name: id,
    startAt: at,
    subjects: [
      { number: 1, name: 'A', durationMin: 60, paperSha256: 'a'.repeat(64), paperSize: 1, items: 1 },
    ],
    policy: { ...defaultPolicy, ...policy },
    candidates: [],
  });
  return roomPackageSchema.parse({
    v: 1,
    project: { id: 'p', code: 'P', name: 'P', mode: 'formal', supportPhone: '' },
    publication: { number: 1, at: 1 },
    site: { code: 'S', name: 'S' },
    room: { code: 'S-R1', name: 'R' },
    sessions: [session('morning', 1, startAt), session('afternoon', 2, startAt + fiveHoursMs)],
    centreSealingKey: 'age1',
  });
}
