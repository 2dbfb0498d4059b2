/** The console's operations on the seat's folder. */
import { isAbsolute, join } from 'node:path';
import { implement } from '@orpc/server';
import { refuse } from '../../base/result.ts';
import type { OperationContext } from '../../node/operations.ts';
import type { Served } from '../../node/reachable.ts';
import { unwrap } from '../../node/refused.ts';
import type { Room } from '../room.ts';
import { pairingCodeOf } from '../seats/pairing-code.ts';
import { seatFolderContract } from './contract.ts';
import { folderName } from './folder-texts.ts';
import { makeSeatFolder, systemsHere } from './make-folder.ts';

export function seatFolderOperations(room: Room, served: () => Served) {
  const os = implement(seatFolderContract).$context<OperationContext>();
  return os.router({
    systems: os.systems.handler(() => systemsHere()),
    make: os.make.handler(async ({ input, context }) => {
      if (!isAbsolute(input.directory)) unwrap(refuse({ type: 'folder-not-absolute' }));
      if (!served().addresses.includes(input.address)) unwrap(refuse({ type: 'not-an-own-address' }));
      const made = unwrap(
        await makeSeatFolder(
          join(input.directory, folderName),
          {
            room: input.address,
            roomPin: room.node.keys.tls.fingerprint,
            pairingCode: pairingCodeOf(room.node),
          },
          systemsHere(),
        ),
      );
      await room.node.journal.append([
        {
          kind: 'seat-folder-made',
          subject: 'room',
          data: { systems: made.systems.join(' '), by: context.account },
        },
      ]);
      return { path: made.path, bytes: made.bytes, systems: [...made.systems] };
    }),
  });
}
