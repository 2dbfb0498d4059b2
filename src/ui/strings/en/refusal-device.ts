/** What printers and scanners refuse, and what is wrong with reaching them. */
export const refusalDevice = {
  'refusal.device-unreachable':
    '{address} does not answer ({code}).|Look whether it is switched on and connected, and whether its address is still the same.',
  'refusal.device-silent':
    '{address} was asked and says nothing.|Look at its display; switch it off and on if it goes on.',
  'refusal.device-answer-too-large':
    '{address} answers with more than a printer or scanner says.|Look whether the address is that of the right device.',
  'refusal.device-certificate-new':
    'The certificate of {address} has not been taken over yet.|Compare it with the device’s own display or page, then take it over: {pin}',
  'refusal.device-certificate-changed':
    '{address} shows another certificate than the one that was taken over; nothing was sent.|Look whether the device was replaced or reset; only then take the new one over: {pin}',
  'refusal.device-program-missing':
    'The program {program} is not installed on this computer.|Install it, or connect the device by network.',
  'refusal.device-program-silent':
    'The program {program} did not come to an end and was broken off.|Switch the device off and on, and try again.',
  'refusal.device-program-fails':
    'The program {program} fails: {words}|Look at the device and its driver, and try again.',
  'refusal.printer-gone':
    'The printer {name} is no longer there.|Look whether it is connected, and choose it anew.',
  'refusal.printer-unusable':
    'What answers at {address} is no printer that is understood here ({problem}).|Look whether the address is right; the printer has to speak IPP.',
  'refusal.printer-refuses':
    'The printer {address} refuses ({code}): {words}|Look at its display; its manual knows the words.',
  'refusal.printer-asks-for-password':
    'The printer {address} takes jobs only with a password.|Allow printing without one in its settings, for this computer.',
  'refusal.printer-wants-tls':
    'The printer {address} takes jobs only over TLS.|Enter its address with ipps:// instead of ipp://.',
  'refusal.printer-no-pdf':
    'The printer takes no PDF, only: {takes}|Choose a printer that takes PDF, or connect this one through a computer that converts (CUPS, Windows).',
  'refusal.printer-no-duplex':
    'The printer does not print on both sides in the way that is asked for.|Choose another printer, or fit its duplex unit.',
  'refusal.printer-too-many-copies':
    'The printer makes at most {most} copies at once.|Ask for fewer at a time.',
  'refusal.printer-busy': 'The printer is busy with another job and takes none.|Wait until it is through.',
  'refusal.printer-not-accepting':
    'The printer is set to take no jobs.|Let it take jobs again, at its display or in the settings of this computer.',
  'refusal.printer-needs-sumatra':
    'Windows does not print PDF files to {name} by itself.|Connect the printer by network and enter its address (IPP), or install SumatraPDF.',
  'refusal.printer-address-unusable':
    '“{address}” is no address of a printer.|Enter it as the printer’s display shows it, for example ipp://192.168.1.20/ipp/print.',
  'refusal.printer-not-on-this-system':
    'A printer of this kind does not exist on this operating system.|Choose one of those that are listed, or enter an address (IPP).',
  'refusal.print-no-pdf': 'What is to be printed is no PDF file.|Make it again.',
  'refusal.print-too-large': 'What is to be printed is larger than {limitMB} MB.|Print fewer kits at a time.',
  'refusal.print-uncertain':
    'The connection to {address} broke while the job was sent: nobody knows whether it was taken.|Look whether sheets come out before you print anew.',
  'refusal.print-job-unknown':
    'The printer no longer knows of this job: it was switched off, or forgets what is over.|Count what lies in its tray and say for each kit whether it is good.',
  'refusal.print-folder-full': 'The drive with {path} is full.|Make room, or choose another folder.',
  'refusal.print-folder-not-writable':
    'Nothing can be written to {path} ({code}).|Look whether it exists and may be written, or choose another folder.',
  'refusal.scanner-gone':
    'The scanner {name} is no longer there.|Look whether it is switched on and connected, and choose it anew.',
  'refusal.scanner-unusable':
    'What answers at {address} is no scanner that is understood here ({problem}).|Look whether the address is right; the scanner has to speak eSCL (AirScan).',
  'refusal.scanner-refuses': 'The scanner {address} refuses: {problem}|Look at its display, and try again.',
  'refusal.scanner-busy':
    'The scanner {address} is busy.|Wait until it is through, or end what another program scans.',
  'refusal.scanner-asks-for-password':
    'The scanner {address} asks for a password.|Allow scanning without one in its settings, for this computer.',
  'refusal.scanner-no-feeder':
    'The scanner has no feeder.|Lay the sheets on the glass one by one, or choose another scanner.',
  'refusal.scanner-no-flatbed':
    'The scanner has no flatbed.|Scan with its feeder, or choose another scanner.',
  'refusal.scanner-no-duplex':
    'The scanner does not scan both sides in one pass.|Scan the front sides, turn the stack, and scan the back sides.',
  'refusal.scanner-no-resolution':
    'The scanner does not scan at {dpi} dpi, only at {takes}.|Choose another scanner; 200 dpi are needed.',
  'refusal.scanner-address-unusable':
    '“{address}” is no address of a scanner.|Enter it as the scanner’s display shows it, for example http://192.168.1.20/eSCL.',
  'refusal.scanner-not-on-this-system':
    'Scanners that are connected to this computer are not reached on this operating system.|Connect it by network (eSCL), or scan with its maker’s program into a folder.',
  'refusal.scan-folder-gone':
    'The folder {path} is not there or cannot be read ({code}).|Look whether its drive is connected, or choose another folder.',
  'refusal.scan-page-not-written':
    'The scanned page could not be written to {path} ({code}).|Make room on the drive, and scan the last sheet again.',
  'refusal.scan-page-of-stack-unreadable':
    'Page {page} of this stack gave no image ({problem}).|Scan this sheet again.',
  'refusal.scan-page-unreadable':
    'What the scanner delivered is no picture ({problem}).|Scan the sheet again.',
  'refusal.scan-file-too-large':
    'The file {name} is larger than {limitMB} MB and was left where it is.|Scan page by page at 200 dpi.',
  'refusal.scan-file-locked':
    'The file {name} is still held by another program, or may not be read.|End what the scanning program does with it, and scan again.',
  'refusal.scan-file-other-format':
    'The file {name} is no page (JPG or TIFF) and was left where it is.|Set the scanning program to JPG, or to TIFF with LZW.',
} as const;
