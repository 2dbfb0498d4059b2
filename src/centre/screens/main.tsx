import { createConsoleClient } from '../../ui/client.ts';
import { startConsole } from '../../ui/console-app.tsx';
import type { centreContract } from '../contract.ts';
import { CentreConsole } from './centre-console.tsx';

const centre = createConsoleClient<typeof centreContract>();

startConsole({ client: centre, title: 'console.centre', children: <CentreConsole centre={centre} /> });
