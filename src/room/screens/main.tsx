import { createConsoleClient } from '../../ui/client.ts';
import { startConsole } from '../../ui/console-app.tsx';
import type { roomContract } from '../contract.ts';
import { RoomConsole } from './room-console.tsx';

const room = createConsoleClient<typeof roomContract>();

startConsole({ client: room, title: 'console.room', manual: 'room', children: <RoomConsole room={room} /> });
