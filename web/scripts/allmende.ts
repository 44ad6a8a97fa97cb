/**
 * The one script of every page: finds what the page marked with data attributes and adds comfort to it.
 *
 * Owns only the order. Nothing here is needed to use the site: each module starts from markup that works alone,
 * and every word it shows stands in that markup, so that this folder knows no language.
 */
import { goOnAfterWaiting } from "./again";
import { offerCopying } from "./copy";
import { switchDisplay } from "./display";
import { leadToErrors } from "./errors";
import { guardForms } from "./guard";
import { offerLocating } from "./locate";
import { narrowLists } from "./narrow";
import { pickWords } from "./passage";
import { offerPasskeys } from "./passkeys";
import { offerDrawing } from "./place";
import { refreshRuns } from "./refresh";
import { suggestWords } from "./suggest";
import { doWork } from "./work";

leadToErrors(document);
offerCopying(document);
switchDisplay(document);
guardForms(document);
narrowLists(document);
pickWords(document);
refreshRuns(document);
suggestWords(document);
offerLocating(document);
offerDrawing(document);
goOnAfterWaiting(document);
doWork(document);
offerPasskeys(document);
