/** The registrations of rooms (.KDINFO) that a reinstalled site takes back. */
import { lockPin } from '../../exam-day/exam-day.ts';
import { parcelTarget, said, type FuzzedImport } from '../import.ts';

export const registrations: FuzzedImport = {
  name: 'registrations',
  stage: 'loaded',
  // A room whose registration was given back wrongly puts it right by itself, in its own time.
  at: [],
  async open(world) {
    const { site } = world.exam;
    const parcel = await site.download(await site.call.room.exportRegistrations());
    return parcelTarget(world, parcel, async (file) =>
      said(
        site.call.room.restoreRegistrations({ uploadId: await site.upload('x.KDINFO', file), pin: lockPin }),
      ),
    );
  },
};
