//! German licence plates: a known district, one or two letters, up to four digits.

use crate::tokens::Tokens;
use crate::{Kind, Places};

/// Districts that issue plates, the common ones. Source: public list of the Kraftfahrt-Bundesamt.
const DISTRICTS: &str = " A AA AB AC AE AH AIB AIC AK ALZ AM AN AÖ AP APD ARN ART AS ASL ASZ AUR AW AZ AZE B BA BAD BAR BB BBG BC BD BED BER BF BGD BGL BH BI BID BIN BIR BIT BIW BK BKS BL \
BLB BLK BM BN BNA BO BÖ BOR BOT BRA BRB BRG BRK BRL BRV BS BSK BT BTF BÜD BÜS BÜZ BW BWL BYL BZ BZA C CA CB CE CHA CLP CLZ CO COC COE CUX CW D DA DAH DAN DAU DB DBR DD DE DEG DEL DGF \
DH DI DIL DIZ DKB DL DLG DM DN DO DON DS DÜ DÜW DW DZ E EA EB EBE EBN EBS ECK ED EE EF EG EH EI EIC EIL EIN EIS EL EM EMD EMS EN ER ERB ERH ERK ERZ ES ESB ESW EU EW F FB FD FDB FDS FEU \
FF FFB FG FI FKB FL FLÖ FN FO FOR FR FRG FRI FRW FS FT FTL FÜ FÜS FW FZ G GA GAN GAP GC GD GDB GE GEL GEO GER GF GG GHA GHC GI GK GL GLA GM GMN GN GNT GÖ GOA GOH GP GR GRA GRH GRI GRM \
GRS GRZ GS GT GTH GÜ GUB GUN GV GVM GW GZ H HA HAB HAL HAM HAS HB HBN HBS HC HCH HD HDH HDL HE HEB HEF HEI HEL HER HET HF HG HGN HGW HH HHM HI HIG HIP HK HL HM HMÜ HN HO HOG HOH HOL HOM \
HOR HOT HP HR HRO HS HSK HST HU HV HVL HWI HX HY HZ IGB IK IL ILL IN IZ J JE JL JÜL K KA KB KC KE KEH KEL KEM KF KG KH KI KIB KK KL KLE KLZ KM KN KO KÖN KÖT KÖZ KR KRU KS KT KU KÜN KUS KW KY \
KYF L LA LAN LAU LB LBS LBZ LC LD LDK LDS LEO LER LEV LF LG LH LI LIB LIF LIP LL LM LN LÖ LÖB LOS LP LR LRO LSA LSN LSZ LU LÜN LUP LWL M MA MAB MAI MAK MAL MB MC MD ME MEI MEK MER MET MG \
MGH MGN MH MHL MI MIL MK MKK ML MM MN MO MOD MOL MON MOS MQ MR MS MSE MSH MSP MST MTK MTL MÜ MÜB MÜR MVL MW MY MYK MZ MZG N NAB NAI NAU NB ND NDH NE NEA NEB NEC NEN NES NEW NF NH NI NK NL NM \
NMB NMS NÖ NOH NOL NOM NOR NP NR NRÜ NRW NT NU NVP NW NWM NY NZ OA OAL OB OBB OBG OC OCH OD OE OF OG OH OHA OHV OHZ OK OL OP OPR OR OS OSL OVI OVL OVP P PA PAF PAN PAR PB PCH PE PEG PER PF PI \
PIR PL PLÖ PM PN PR PRÜ PS PW PZ QFT QLB R RA RC RD RDG RE REG REH REI RG RH RI RID RIE RL RM RN RO ROD ROF ROH ROK ROL ROS ROT ROW RP RS RSL RT RU RÜD RÜG RV RW RY RZ S SAB SAD SAL SAN SAW \
SB SBG SBK SC SCZ SDH SDL SDT SE SEB SEE SEF SEL SFA SFB SFT SG SGH SHA SHG SHK SHL SI SIG SIM SK SL SLE SLF SLG SLK SLN SLS SLÜ SLZ SM SMÜ SN SO SOB SOG SOK SÖM SON SP SPB SPN SR SRB SRO ST \
STA STB STD STE STL STO SU SUL SÜW SW SWA SY SZ SZB TBB TDO TE TET TF TG THL THW TIR TO TÖL TP TR TS TT TÜ TUT ÜB UE UEM UFF UH UL UM UN USI V VAI VAR VB VEC VER VG VIB VIE VIT VK VOH VS W WA \
WAF WAK WAN WAR WAT WB WBS WDA WE WEB WEL WEN WER WES WF WG WHV WI WIL WIS WIT WIZ WK WL WLG WM WMS WN WND WO WOB WOH WOL WOR WOS WR WRN WS WSF WST WSW WT WTL WTM WÜ WUG WÜM WUN WUR WW WZ WZL X \
Z ZE ZEL ZI ZIG ZP ZR ZW ZZ ";
const CUES: [&str; 8] = ["kennzeichen", "autokennzeichen", "nummernschild", "auto", "pkw", "plate", "wagen", "kfz"];

/// Finds licence plates: with a hyphen anywhere (`KA-AB 123`), with spaces only behind a word that says so (`Kennzeichen KA AB 123`).
pub(crate) fn plates(tokens: &Tokens<'_>, places: &mut Places) {
    for at in 0..tokens.len() {
        let district = tokens.letters(at);
        if district.is_empty() || district.len() > 6 || !is_code(district, 3) || tokens.is_glued_left(at) || (at > 0 && tokens.is_mark(at - 1, '-')) {
            continue;
        }
        if !DISTRICTS.contains(&format!(" {district} ")) {
            continue;
        }
        let is_hyphen = tokens.is_mark(at + 1, '-');
        if !is_hyphen && !tokens.is_space(at + 1) {
            continue;
        }
        let letters = tokens.skip_space(at + 2);
        let number = letters + 1 + usize::from(tokens.is_space(letters + 1) || tokens.is_mark(letters + 1, '-'));
        let digits = tokens.digits(number);
        let is_plate = is_code(tokens.letters(letters), 2) && tokens.letters(letters).is_ascii() && (1..=4).contains(&digits.len()) && !digits.starts_with('0');
        let is_cued = || tokens.words_before(at, 6).iter().any(|word| CUES.contains(&word.as_str()));
        if !is_plate || !(is_hyphen || is_cued()) {
            continue;
        }
        // Electric and historic vehicles bear a letter behind the number.
        let last = if matches!(tokens.letters(number + 1), "E" | "H") { number + 1 } else { number };
        if !tokens.is_glued_right(last) {
            places.add(Kind::LicencePlate, tokens.bytes(at, last));
        }
    }
}

fn is_code(letters: &str, max: usize) -> bool {
    !letters.is_empty() && letters.chars().count() <= max && letters.chars().all(char::is_uppercase)
}
