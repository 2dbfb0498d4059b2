/**
 * The seat's icon beside the clock of Windows: a script of Windows PowerShell 5.1, which every Windows has, with the icon of Windows Forms; so this program
 * goes without a native library. It asks the agent's page on this computer how the seat is and shows nothing of a candidate.
 */
import { powershellText } from './rights.ts';

/** What Windows shows of a text beside an icon, characters. */
export const longestTip = 63;

const words = {
  en: {
    status: 'Status of this computer',
    screen: 'Candidate’s screen',
    away: 'Invigil: the seat’s program does not answer',
    disk: 'Invigil: the disk refuses. Call the invigilator',
    unpaired: 'Invigil: this computer has no room yet',
    offline: 'Invigil seat {0}: no room; {1} kept here',
    pending: 'Invigil seat {0}: {1} on their way to the room',
    whole: 'Invigil seat {0}: the room has everything',
  },
  zh: {
    status: '本机状态',
    screen: '考生界面',
    away: 'Invigil：考生端程序没有应答',
    disk: 'Invigil：磁盘无法写入，请报告监考员',
    unpaired: 'Invigil：本机尚未接入考场',
    offline: 'Invigil 机位 {0}：未连接考场，本机存有 {1} 项',
    pending: 'Invigil 机位 {0}：{1} 项正在发送到考场',
    whole: 'Invigil 机位 {0}：考场已收到全部内容',
  },
  ru: {
    status: 'Состояние компьютера',
    screen: 'Экран участника',
    away: 'Invigil: программа места не отвечает',
    disk: 'Invigil: диск не пишет. Позовите организатора',
    unpaired: 'Invigil: у компьютера ещё нет аудитории',
    offline: 'Invigil, место {0}: нет связи; здесь хранится {1}',
    pending: 'Invigil, место {0}: передаётся в аудиторию {1}',
    whole: 'Invigil, место {0}: всё есть в аудитории',
  },
} as const;

/** @param page address of the agent's page. */
export function trayScript(page: string): string {
  const texts = Object.entries(words).map(([language, all]) => {
    const values = Object.entries(all).map(([name, text]) => `${name} = ${powershellText(text)}`);
    return `  ${language} = @{ ${values.join('; ')} }`;
  });
  return `# Shows beside the clock how the seat of this computer is. Laid by "invigil seat install", taken away by "invigil seat uninstall".
Add-Type -AssemblyName System.Windows.Forms
Add-Type -AssemblyName System.Drawing
$page = ${powershellText(page)}
$texts = @{
${texts.join('\n')}
}
$language = (Get-UICulture).TwoLetterISOLanguageName
if (-not $texts.ContainsKey($language)) { $language = 'en' }
$words = $texts[$language]

# What the seat says of itself, also with the status of an error: a disk that refuses.
function Read-Seat {
  try {
    return Invoke-RestMethod -Uri ($page + 'health') -TimeoutSec 3
  } catch {
    $response = $_.Exception.Response
    if ($null -eq $response) { return $null }
    try {
      $reader = New-Object System.IO.StreamReader($response.GetResponseStream())
      return ConvertFrom-Json $reader.ReadToEnd()
    } catch { return $null }
  }
}

function Get-Look($seat) {
  if ($null -eq $seat -or $seat.role -ne 'seat') { return @('Error', $words.away) }
  if ($null -ne $seat.failing) { return @('Error', $words.disk) }
  if ($null -eq $seat.room) { return @('Question', $words.unpaired) }
  $number = if ($null -eq $seat.seatNumber) { '-' } else { $seat.seatNumber }
  if (-not $seat.room.online) { return @('Warning', ($words.offline -f $number, $seat.pending)) }
  if ($seat.pending -gt 0) { return @('Information', ($words.pending -f $number, $seat.pending)) }
  return @('Information', ($words.whole -f $number))
}

$icon = New-Object System.Windows.Forms.NotifyIcon
$menu = New-Object System.Windows.Forms.ContextMenuStrip
[void]$menu.Items.Add($words.status, $null, { Start-Process ($page + '#status') })
[void]$menu.Items.Add($words.screen, $null, { Start-Process $page })
$icon.ContextMenuStrip = $menu
$icon.add_DoubleClick({ Start-Process ($page + '#status') })

function Show-Seat {
  # Uninstalled meanwhile, also by the room's order.
  if (-not (Test-Path -LiteralPath $PSCommandPath)) {
    $icon.Visible = $false
    [System.Windows.Forms.Application]::Exit()
    return
  }
  $look = Get-Look (Read-Seat)
  $icon.Icon = [System.Drawing.SystemIcons]::($look[0])
  # Windows refuses a longer one.
  $icon.Text = $look[1].Substring(0, [Math]::Min(${longestTip}, $look[1].Length))
  $icon.Visible = $true
}

$timer = New-Object System.Windows.Forms.Timer
$timer.Interval = 10000
$timer.add_Tick({ Show-Seat })
Show-Seat
$timer.Start()
[System.Windows.Forms.Application]::Run()
$icon.Dispose()
`.replaceAll('\n', '\r\n');
}

/** Every text that stands beside the icon, with the largest numbers that there are. */
export const tips: readonly string[] = Object.values(words).flatMap((all) =>
  (['away', 'disk', 'unpaired', 'offline', 'pending', 'whole'] as const).map((name) =>
    all[name].replace('{0}', '2000').replace('{1}', '100000'),
  ),
);
