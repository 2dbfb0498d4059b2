/** The scanners of this computer, and those that are reached by an address. */
import { isAbsolute } from 'node:path';
import { impossible, ok, refuse } from '../../base/result.ts';
import { searchScanners } from '../network-device/discovery/found-devices.ts';
import { openEscl } from './escl/scanner.ts';
import { ScanFolder } from './folder.ts';
import type { Scanners } from './port.ts';
import { SaneScanner, saneScanners } from './sane/scanner.ts';

const withSane = process.platform !== 'win32';

export const systemScanners: Scanners = {
  list: async () => (withSane ? saneScanners() : ok([])),
  search: () => searchScanners(),
  open(address, staging) {
    switch (address.way) {
      case 'sane':
        return withSane
          ? ok(new SaneScanner(address.device, staging))
          : refuse({ type: 'scanner-not-on-this-system' });
      case 'escl':
        return openEscl(address.url, address.pin, staging);
      case 'folder':
        return isAbsolute(address.path)
          ? ok(new ScanFolder(address.path))
          : refuse({ type: 'scanner-address-unusable', address: address.path });
      default:
        return impossible(address);
    }
  },
};
