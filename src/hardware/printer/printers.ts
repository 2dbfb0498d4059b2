/** The printers of this computer, whatever its operating system. */
import { isAbsolute } from 'node:path';
import { impossible, ok, refuse } from '../../base/result.ts';
import { searchPrinters } from '../network-device/discovery/found-devices.ts';
import { cupsHere, cupsPrinters, openCups } from './cups.ts';
import { FolderPrinter } from './folder.ts';
import { openIpp } from './ipp/open-ipp.ts';
import type { Printers } from './port.ts';
import { windowsHere, WindowsPrinter, windowsPrinters } from './windows.ts';

const onWindows = process.platform === 'win32';

export const systemPrinters: Printers = {
  list: () => (onWindows ? windowsPrinters(windowsHere) : cupsPrinters(cupsHere())),
  search: () => searchPrinters(),
  open(address) {
    switch (address.way) {
      case 'ipp':
        return openIpp(address.url, address.pin);
      case 'cups':
        return onWindows
          ? refuse({ type: 'printer-not-on-this-system' })
          : openCups(cupsHere(), address.queue);
      case 'windows':
        return onWindows
          ? ok(new WindowsPrinter(address.name, windowsHere))
          : refuse({ type: 'printer-not-on-this-system' });
      case 'folder':
        return isAbsolute(address.path)
          ? ok(new FolderPrinter(address.path))
          : refuse({ type: 'printer-address-unusable', address: address.path });
      default:
        return impossible(address);
    }
  },
};
