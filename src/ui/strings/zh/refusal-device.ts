import type { refusalDevice as en } from '../en/refusal-device.ts';
import type { SameKeys } from '../strings.ts';

export const refusalDevice: SameKeys<typeof en> = {
  'refusal.device-unreachable': '{address} 无应答（{code}）。|请检查设备是否已开机并连接，以及地址是否未变。',
  'refusal.device-silent': '{address} 已收到请求但没有回应。|请查看设备面板；如持续如此，请关机后重新开机。',
  'refusal.device-answer-too-large':
    '{address} 的应答超出打印机或扫描仪应有的长度。|请检查地址是否为正确的设备。',
  'refusal.device-certificate-new':
    '尚未接受 {address} 的证书。|请与设备面板或设备网页上显示的内容核对，然后接受：{pin}',
  'refusal.device-certificate-changed':
    '{address} 出示的证书与已接受的不同，未发送任何内容。|请确认设备是否已更换或重置；确认后才可接受新证书：{pin}',
  'refusal.device-program-missing': '本机未安装程序 {program}。|请安装该程序，或通过网络连接设备。',
  'refusal.device-program-silent': '程序 {program} 长时间未结束，已中止。|请将设备关机后重新开机，再试一次。',
  'refusal.device-program-fails': '程序 {program} 出错：{words}|请检查设备及其驱动程序，然后重试。',
  'refusal.printer-gone': '打印机 {name} 已不存在。|请检查是否已连接，并重新选择。',
  'refusal.printer-unusable':
    '{address} 的应答不是可识别的打印机（{problem}）。|请检查地址是否正确；打印机须支持 IPP。',
  'refusal.printer-refuses': '打印机 {address} 拒绝（{code}）：{words}|请查看其面板，并参阅打印机说明书。',
  'refusal.printer-asks-for-password':
    '打印机 {address} 需要密码才接受作业。|请在其设置中允许本机无密码打印。',
  'refusal.printer-wants-tls': '打印机 {address} 只接受 TLS 连接。|请将地址开头的 ipp:// 改为 ipps://。',
  'refusal.printer-no-pdf':
    '打印机不支持 PDF，仅支持：{takes}|请选择支持 PDF 的打印机，或通过可转换的电脑（CUPS、Windows）连接。',
  'refusal.printer-no-duplex': '打印机不支持所要求的双面打印方式。|请选择其他打印机，或安装双面打印单元。',
  'refusal.printer-too-many-copies': '打印机一次最多打印 {most} 份。|请减少每次的份数。',
  'refusal.printer-busy': '打印机正忙于其他作业，暂不接受新作业。|请等待其完成。',
  'refusal.printer-not-accepting': '打印机被设置为不接受作业。|请在打印机面板或本机设置中恢复接受作业。',
  'refusal.printer-needs-sumatra':
    'Windows 无法自行将 PDF 打印到 {name}。|请通过网络连接打印机并输入其地址（IPP），或安装 SumatraPDF。',
  'refusal.printer-address-unusable':
    '“{address}”不是打印机地址。|请按打印机面板所示输入，例如 ipp://192.168.1.20/ipp/print。',
  'refusal.printer-not-on-this-system':
    '本操作系统没有此类打印机。|请选择列表中的打印机，或输入地址（IPP）。',
  'refusal.print-no-pdf': '要打印的内容不是 PDF 文件。|请重新生成。',
  'refusal.print-too-large': '要打印的内容大于 {limitMB} MB。|请减少每次打印的套数。',
  'refusal.print-uncertain':
    '发送作业时与 {address} 的连接中断，无法确定作业是否已被接受。|重新打印前，请先查看是否有纸张输出。',
  'refusal.print-job-unknown':
    '打印机已不再保留该作业：可能关过机，或已清除完成的作业。|请清点出纸盘中的纸张，并逐套确认是否合格。',
  'refusal.print-folder-full': '{path} 所在磁盘已满。|请腾出空间，或选择其他文件夹。',
  'refusal.print-folder-not-writable':
    '无法写入 {path}（{code}）。|请检查该文件夹是否存在且可写，或选择其他文件夹。',
  'refusal.scanner-gone': '扫描仪 {name} 已不存在。|请检查是否已开机并连接，并重新选择。',
  'refusal.scanner-unusable':
    '{address} 的应答不是可识别的扫描仪（{problem}）。|请检查地址是否正确；扫描仪须支持 eSCL（AirScan）。',
  'refusal.scanner-refuses': '扫描仪 {address} 拒绝：{problem}|请查看其面板，然后重试。',
  'refusal.scanner-busy': '扫描仪 {address} 正忙。|请等待其完成，或结束其他程序的扫描。',
  'refusal.scanner-asks-for-password': '扫描仪 {address} 需要密码。|请在其设置中允许本机无密码扫描。',
  'refusal.scanner-no-feeder': '扫描仪没有进纸器。|请逐张放在平板上扫描，或使用其他扫描仪。',
  'refusal.scanner-no-flatbed': '扫描仪没有平板。|请使用进纸器扫描，或使用其他扫描仪。',
  'refusal.scanner-no-duplex': '扫描仪不支持一次扫描双面。|请先扫描正面，翻转整叠后再扫描背面。',
  'refusal.scanner-no-resolution':
    '扫描仪不支持 {dpi} dpi，仅支持 {takes}。|请使用其他扫描仪；要求 200 dpi。',
  'refusal.scanner-address-unusable':
    '“{address}”不是扫描仪地址。|请按扫描仪面板所示输入，例如 http://192.168.1.20/eSCL。',
  'refusal.scanner-not-on-this-system':
    '在本操作系统上无法直接使用连接到本机的扫描仪。|请通过网络连接（eSCL），或使用厂商程序扫描到文件夹。',
  'refusal.scan-folder-gone':
    '文件夹 {path} 不存在或无法读取（{code}）。|请检查其磁盘是否已连接，或选择其他文件夹。',
  'refusal.scan-page-not-written':
    '扫描的页面无法写入 {path}（{code}）。|请腾出磁盘空间，并重新扫描最后一张。',
  'refusal.scan-page-of-stack-unreadable': '这一叠的第 {page} 页没有得到图像（{problem}）。|请重新扫描该张。',
  'refusal.scan-page-unreadable': '扫描仪提供的内容不是图像（{problem}）。|请重新扫描该张。',
  'refusal.scan-file-too-large': '文件 {name} 大于 {limitMB} MB，已留在原处。|请以 200 dpi 逐页扫描。',
  'refusal.scan-file-locked':
    '文件 {name} 仍被其他程序占用，或无读取权限。|请结束扫描程序对它的操作，然后重新扫描。',
  'refusal.scan-file-other-format':
    '文件 {name} 不是页面（JPG 或 TIFF），已留在原处。|请将扫描程序设为 JPG 或 LZW 压缩的 TIFF。',
};
