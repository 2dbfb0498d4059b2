/** Safe Exam Browser: at the room's seats, and in a session's policy. */
export const examBrowser = {
  'examBrowser.open': 'Safe Exam Browser …',
  'examBrowser.required':
    'The chosen session asks for Safe Exam Browser: a seat in another browser, or with other settings, shows no exam. Open the file below at every seat.',
  'examBrowser.optional':
    'The chosen session does not ask for Safe Exam Browser. Seats can run it all the same: open the file below there.',
  'examBrowser.startUrl': 'Starts at',
  'examBrowser.quitPassword': 'Quit password',
  'examBrowser.configKey': 'Config Key',
  'examBrowser.policyKeys': 'Allowed versions that came with the session',
  'examBrowser.filePassword': 'Password of the file',
  'examBrowser.filePasswordHint': 'What Safe Exam Browser asks for when it opens the file. Empty: nothing.',
  'examBrowser.filePasswordWrong': '8 to 100 letters, digits and signs without accents',
  'examBrowser.file': 'Save the .seb file',
  'examBrowser.settings': 'Settings',
  'examBrowser.settingsText':
    'Another port or quit password makes another Config Key: seats then need the new file.',
  'examBrowser.seatPort': 'Port of the exam page at the seats',
  'examBrowser.keys': 'Browser Exam Keys that are allowed',
  'examBrowser.keysHint':
    '64 hexadecimal digits each, as Safe Exam Browser shows them. None here and none with the session: any version.',
  'examBrowser.keysWrong': 'Each key has 64 hexadecimal digits.',
  'examBrowser.saved': 'Saved.',
  'examBrowser.column': 'Browser',
  'examBrowser.screen.unknown': 'not seen',
  'examBrowser.screen.other': 'another',
  'examBrowser.screen.seb': 'Safe Exam Browser',
  'examBrowser.screen.refused': 'refused',
  'policy.browser': 'The exam runs in',
  'policy.browser.any': 'any browser',
  'policy.browser.seb': 'Safe Exam Browser',
  'policy.browserExamKeys': 'Browser Exam Keys that are allowed (none: any version)',
} as const;
