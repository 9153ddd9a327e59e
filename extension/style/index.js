import "./base.css";
import "./panels.css";
import "./task.css";
import "./tooltip.css";
import "./compare.css";
import "./access.css";
