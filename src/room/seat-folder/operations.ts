/** The console's operations on the seat's folder. */
import { isAbsolute, join } from 'node:path';
import { implement } from '@orpc/server';
import { refuse } from '../../base/result.ts';
import type { OperationContext } from '../../node/operations.ts';
import type { Served } from '../../node/reachable.ts';
import { unwrap } from '../../node/refused.ts';
import { systemsAway, systemsHere } from '../../node/runtimes.ts';
import type { Room } from '../room.ts';
import { pairingCodeOf } from '../seats/pairing-code.ts';
import { seatFolderContract } from './contract.ts';
import { folderName } from './folder-texts.ts';
import { makeSeatFolder, type RoomToJoin } from './make-folder.ts';
import { makeInstaller } from './make-installer.ts';

export function seatFolderOperations(room: Room, served: () => Served) {
  const os = implement(seatFolderContract).$context<OperationContext>();
  const toJoin = ({ directory, address }: { directory: string; address: string }): RoomToJoin => {
    if (!isAbsolute(directory)) unwrap(refuse({ type: 'folder-not-absolute' }));
    if (!served().addresses.includes(address)) unwrap(refuse({ type: 'not-an-own-address' }));
    return {
      room: address,
      roomPin: room.node.keys.tls.fingerprint,
      pairingCode: pairingCodeOf(room.node),
    };
  };
  const enter = (kind: string, systems: string, by: string) =>
    room.node.journal.append([{ kind, subject: 'room', data: { systems, by } }]);
  return os.router({
    systems: os.systems.handler(() => ({ here: systemsHere(), away: systemsAway() })),
    make: os.make.handler(async ({ input, context }) => {
      const made = unwrap(
        await makeSeatFolder(join(input.directory, folderName), toJoin(input), systemsHere()),
      );
      await enter('seat-folder-made', made.systems.join(' '), context.account);
      return { path: made.path, bytes: made.bytes, systems: [...made.systems] };
    }),
    installer: os.installer.handler(async ({ input, context }) => {
      const made = unwrap(await makeInstaller(input.directory, toJoin(input), input.system));
      await enter('seat-installer-made', input.system, context.account);
      return made;
    }),
  });
}
