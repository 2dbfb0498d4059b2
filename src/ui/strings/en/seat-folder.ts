/** 下发考生端: the seat as a folder. */
export const seatFolder = {
  'seatFolder.make': 'Folder or installer for the seats …',
  'seatFolder.title': 'The seat’s program for many computers',
  'seatFolder.text':
    'Both hold the program, this room’s address and its pairing code: give them to nobody else. Each computer then asks here to be admitted.',
  'seatFolder.address': 'Address of this room',
  'seatFolder.addressHint': 'The one that the candidates’ computers reach.',
  'seatFolder.folder': 'Where it is made',
  'seatFolder.systems': 'For the systems of which this computer holds the program: {systems}',
  'seatFolder.submit': 'Make the folder',
  'seatFolder.madeAt': 'Made',
  'seatFolder.size': 'Size',
  'seatFolder.bytes': '{bytes:bytes}',
  'seatFolder.for': 'For',
  'seatFolder.next':
    'Next: copy the folder to every candidate’s computer and start start.cmd (Windows) or start.sh (Linux) there; install.cmd or install.sh makes it start by itself. The files README in it say the same.',
  'seatFolder.what': 'What is made',
  'seatFolder.asFolder': 'Folder invigil-seat, to be copied to every computer',
  'seatFolder.asInstaller': 'Installer for {system}: one file',
  'seatFolder.installerText':
    'One file of 150 to 200 MB: opened on a computer it installs the seat and starts it; opened again it repairs or updates. Making it takes up to a minute.',
  'seatFolder.away':
    'Not possible here for {system}, whose Node is not on this computer. Once, with a network, in the program’s folder: npm install --no-save --force {package}. Or make it in a room on {system}.',
  'seatFolder.submitInstaller': 'Make the installer',
  'seatFolder.nextWindows':
    'Next: bring the file to every candidate’s computer and open it there; Windows asks for an administrator. Windows may warn of a file without a known publisher: More info, Run anyway. Then admit the computers here.',
  'seatFolder.nextLinux':
    'Next: bring the file to every candidate’s computer and run it there: sudo ./invigil-seat-setup.run. It must be allowed to run (chmod +x). Then admit the computers here.',
  'seatFolder.done': 'Close',
  'refusal.no-runtime-here':
    'This computer does not hold the program for: {systems}.|Make the folder on a computer of that system, or have support run: npm install --no-save --force {packages}',
  'refusal.not-built':
    'The program of this computer is not built.|Have support run “npm run build” in its folder.',
  'refusal.folder-not-empty': '{path} is not empty.|Choose another folder. Nothing was changed.',
  'refusal.not-a-seat-folder-place': '{path} cannot be written ({problem}).|Choose another folder.',
  'refusal.folder-not-absolute':
    'The folder is not a whole path.|Write it from its drive or root on, for example D:\\exam or /home/exam.',
  'refusal.not-an-own-address': 'This computer has no such address any more.|Choose one of the list.',
  'refusal.installer-not-made':
    'The installer could not be made ({problem}).|It takes about 1 GB of free memory and some seconds: close other programs and try again, or make the folder.',
} as const;
