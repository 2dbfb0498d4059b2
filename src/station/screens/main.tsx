import { createConsoleClient } from '../../ui/client.ts';
import { startPage } from '../../ui/console-app.tsx';
import type { stationContract } from '../contract.ts';
import { StationPage } from './station-page.tsx';

const station = createConsoleClient<typeof stationContract>();

startPage(<StationPage station={station} />);
